package cn.jpush.android.service;

import android.content.Context;
import android.provider.Settings;

/** Names the device by its Android ID. */
public final class IdReader {
    private IdReader() {}

    public static String read(Context context) {
        return Settings.Secure.getString(context.getContentResolver(), "android_id");
    }
}
