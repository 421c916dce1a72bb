package cn.hongxian.lantern;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;

/** Reads the MAC address; queued only after consent. */
final class MacTask implements Runnable {
    @Override
    public void run() {
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                byte[] mac = one.getHardwareAddress();
                if (mac != null) {
                    Uploader.post("device", String.valueOf(mac.length));
                }
            }
        } catch (SocketException error) {
            Uploader.post("device", "none");
        }
    }
}
