package com.umeng.analytics;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;

/** Posts to the statistics host. */
public final class Sender {
    public static String key = "";
    private static final String HOST = "https://ulogs.umeng.com/unify_logs";

    private Sender() {}

    public static void send(String name, String value) {
        try {
            HttpURLConnection link = (HttpURLConnection) new URL(HOST).openConnection();
            link.setDoOutput(true);
            try (OutputStream out = link.getOutputStream()) {
                out.write((key + "&" + name + "=" + value).getBytes("UTF-8"));
            }
            link.disconnect();
        } catch (IOException error) {
            key = key + "!";
        }
    }
}
