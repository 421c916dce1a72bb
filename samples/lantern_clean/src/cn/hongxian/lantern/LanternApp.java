package cn.hongxian.lantern;

import android.app.Application;
import android.content.Context;
import android.content.SharedPreferences;
import com.umeng.commonsdk.UMConfigure;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Gates: an early return, and a preference read in place that guards a block. */
public final class LanternApp extends Application {
    private static final Executor WORK = Executors.newSingleThreadExecutor();

    @Override
    protected void attachBaseContext(Context base) {
        super.attachBaseContext(base);
        if (!Consent.isAgreed(base)) {
            return;
        }
        WORK.execute(new MacTask());
    }

    @Override
    public void onCreate() {
        super.onCreate();
        UMConfigure.preInit(this, "5f1a2b3c", "market");
        SharedPreferences kept = getSharedPreferences("consent", MODE_PRIVATE);
        if (kept.getBoolean("privacy_agreed", false)) {
            Sdks.start(this);
        }
    }
}
