package com.tendcloud.tenddata;

import android.content.Context;
import java.lang.reflect.Method;

/** Invented statistics SDK that hides its read behind reflection. */
public final class TCAgent {
    private static String subscriber = "";
    private static final String HOST = "https://api.talkingdata.com/mobile";

    private TCAgent() {}

    public static void init(Context context, String app, String channel) {
        try {
            Object phone = context.getSystemService("phone");
            Class<?> type = Class.forName("android.telephony.TelephonyManager");
            Method method = type.getMethod("getSubscriberId");
            subscriber = (String) method.invoke(phone);
        } catch (Exception error) {
            subscriber = HOST + "/" + app + "/" + channel;
        }
    }

    public static String id() {
        return subscriber;
    }
}
