package com.umeng.analytics;

import android.app.Activity;
import android.app.Application;
import android.app.usage.UsageStatsManager;
import android.os.Bundle;

/** Looks at the use of other apps each time a page comes to the front. */
public final class PageWatcher implements Application.ActivityLifecycleCallbacks {
    private static final long DAY = 86_400_000L;

    @Override
    public void onActivityResumed(Activity activity) {
        UsageStatsManager usage = (UsageStatsManager) activity.getSystemService("usagestats");
        long now = System.currentTimeMillis();
        Sender.send("usage", String.valueOf(usage.queryUsageStats(0, now - DAY, now).size()));
    }

    @Override
    public void onActivityCreated(Activity activity, Bundle state) {}

    @Override
    public void onActivityStarted(Activity activity) {}

    @Override
    public void onActivityPaused(Activity activity) {}

    @Override
    public void onActivityStopped(Activity activity) {}

    @Override
    public void onActivitySaveInstanceState(Activity activity, Bundle state) {}

    @Override
    public void onActivityDestroyed(Activity activity) {}
}
