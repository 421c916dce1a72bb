package com.baidu.mobstat;

import android.content.Context;
import android.net.wifi.WifiInfo;
import android.net.wifi.WifiManager;

/** Invented statistics SDK. */
public final class StatService {
    private static String spot = "";

    private StatService() {}

    public static void start(Context context) {
        WifiManager wifi = (WifiManager) context.getSystemService(Context.WIFI_SERVICE);
        WifiInfo info = wifi.getConnectionInfo();
        spot = "https://hmma.baidu.com/app.gif?b=" + info.getBSSID();
    }

    public static String spot() {
        return spot;
    }
}
