package cn.hongxian.lantern;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.net.wifi.WifiManager;
import com.baidu.mobstat.StatService;

/** Wakes with the phone and notes the network it is in. */
public final class BootReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(final Context context, Intent intent) {
        StatService.start(context);
        new Thread(
                        new Runnable() {
                            @Override
                            public void run() {
                                WifiManager wifi =
                                        (WifiManager) context.getSystemService(Context.WIFI_SERVICE);
                                Uploader.post("ssid", wifi.getConnectionInfo().getSSID());
                            }
                        })
                .start();
    }
}
