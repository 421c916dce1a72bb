package com.tencent.bugly;

import android.os.Build;

/** Invented crash SDK. */
public final class CrashReport {
    private String device = "";

    public void initCrashReport() {
        device = Build.SERIAL;
    }

    public String host() {
        return "https://android.bugly.qq.com/rqd/async?d=" + device;
    }
}
