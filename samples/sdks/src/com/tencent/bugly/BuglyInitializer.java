package com.tencent.bugly;

import android.content.Context;
import androidx.startup.Initializer;
import java.util.Collections;
import java.util.List;

/** Starts the invented crash SDK through androidx.startup. */
public final class BuglyInitializer implements Initializer<CrashReport> {
    @Override
    public CrashReport create(Context context) {
        CrashReport report = new CrashReport();
        report.initCrashReport();
        return report;
    }

    @Override
    public List<Class<? extends Initializer<?>>> dependencies() {
        return Collections.emptyList();
    }
}
