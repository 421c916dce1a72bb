package cn.hongxian.lantern.probe;

import android.content.Context;
import android.provider.Settings;

/** Reads a setting that is no personal information: no fact may come of it. */
final class BrightnessProbe implements Probe {
    @Override
    public String look(Context context) {
        return Settings.System.getString(context.getContentResolver(), "screen_brightness");
    }
}
