package cn.hongxian.lantern;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;

/** Sends over HTTPS, to our own host alone. */
final class Uploader {
    private static final String HOST = "https://api.hongxian-lantern.cn/v1/";

    private Uploader() {}

    static boolean post(String path, String body) {
        try {
            HttpURLConnection link = (HttpURLConnection) new URL(HOST + path).openConnection();
            link.setDoOutput(true);
            try (OutputStream out = link.getOutputStream()) {
                out.write(body.getBytes("UTF-8"));
            }
            return link.getResponseCode() == 200;
        } catch (IOException error) {
            return false;
        }
    }
}
