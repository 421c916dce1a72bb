package com.kwad.sdk.core;

import android.content.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;

/** Context and network of the SDK. */
public final class Env {
    public static Context context;
    private static final String HOST = "https://open.e.kuaishou.com/rest/e/v3/open/device";

    private Env() {}

    public static boolean post(String app, String body) {
        try {
            URLConnection link = new URL(HOST).openConnection();
            link.setDoOutput(true);
            try (OutputStream out = link.getOutputStream()) {
                out.write((app + "&" + body).getBytes("UTF-8"));
            }
            return true;
        } catch (IOException error) {
            return false;
        }
    }
}
