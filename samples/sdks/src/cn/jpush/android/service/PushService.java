package cn.jpush.android.service;

import android.app.Service;
import android.content.Context;
import android.content.Intent;
import android.os.IBinder;
import android.telephony.TelephonyManager;

/** Stays alive and notes which network the phone is in. */
public final class PushService extends Service {
    private String operator = "";

    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        Object service = getSystemService(Context.TELEPHONY_SERVICE);
        operator = ((TelephonyManager) service).getSubscriberId();
        return START_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
