package com.kwad.sdk;

import android.content.Context;
import com.kwad.sdk.core.AppCensus;
import com.kwad.sdk.core.Env;

/** Invented ad SDK. */
public final class KsAdSDK {
    private static boolean personalised = true;

    private KsAdSDK() {}

    public static boolean init(Context context, String app) {
        Env.context = context.getApplicationContext();
        return Env.post(app, "apps=" + AppCensus.count());
    }

    public static void setPersonalRecommend(boolean on) {
        personalised = on;
    }

    public static boolean isPersonalRecommend() {
        return personalised;
    }
}
