package com.umeng.commonsdk;

import android.app.Application;
import android.content.Context;
import com.umeng.analytics.DeviceProbe;
import com.umeng.analytics.PageWatcher;
import com.umeng.analytics.Sender;

/** Invented; bears the name of a real SDK so that attribution can be tried. */
public final class UMConfigure {
    public static final int DEVICE_TYPE_PHONE = 1;

    private UMConfigure() {}

    /** Registers the app; reads nothing. */
    public static void preInit(Context context, String key, String channel) {
        Sender.key = key + "/" + channel;
    }

    public static void init(Context context, String key, String channel, int type, String secret) {
        preInit(context, key, channel);
        Sender.send("imei", DeviceProbe.imei(context));
    }

    public static void watchPages(Application app) {
        app.registerActivityLifecycleCallbacks(new PageWatcher());
    }
}
