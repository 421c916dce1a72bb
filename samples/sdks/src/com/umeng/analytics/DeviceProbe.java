package com.umeng.analytics;

import android.Manifest;
import android.content.Context;
import android.content.pm.PackageManager;
import android.os.Process;
import android.telephony.TelephonyManager;

/** Reads the IMEI when the permission is there. */
public final class DeviceProbe {
    private DeviceProbe() {}

    public static String imei(Context context) {
        int held =
                context.checkPermission(
                        Manifest.permission.READ_PHONE_STATE, Process.myPid(), Process.myUid());
        if (held != PackageManager.PERMISSION_GRANTED) {
            return "";
        }
        Object service = context.getSystemService(Context.TELEPHONY_SERVICE);
        return ((TelephonyManager) service).getDeviceId();
    }
}
