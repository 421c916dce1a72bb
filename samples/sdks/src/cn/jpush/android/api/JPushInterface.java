package cn.jpush.android.api;

import android.content.Context;
import android.content.Intent;
import cn.jpush.android.service.IdReader;
import cn.jpush.android.service.PushService;

/** Invented push SDK. */
public final class JPushInterface {
    private static String registration = "";

    private JPushInterface() {}

    public static void init(Context context) {
        registration = IdReader.read(context);
        context.startService(new Intent(context, PushService.class));
    }

    public static String getRegistrationID() {
        return registration;
    }
}
