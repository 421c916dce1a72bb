package com.bytedance.sdk.openadsdk;

import android.content.Context;
import android.telephony.TelephonyManager;
import java.util.Timer;
import java.util.TimerTask;

/** Invented ad SDK that reads the SIM card's number a second after its start. */
public final class TTAdSdk {
    static String card = "";
    static final String HOST = "https://api-access.pangolin-sdk-toutiao.com/api/ad/union";

    private TTAdSdk() {}

    public static void init(final Context context, String app) {
        card = app;
        new Timer()
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                Object phone = context.getSystemService("phone");
                                card = ((TelephonyManager) phone).getSimSerialNumber();
                            }
                        },
                        1000L);
    }
}
