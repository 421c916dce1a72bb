package cn.hongxian.lantern;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.pm.PackageManager;
import android.os.Bundle;
import android.telephony.TelephonyManager;

/** Fraud protection: tells why, asks for the phone state, sends the device's number once. */
public final class PhoneActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.activity_phone);
        findViewById(R.id.protect).setOnClickListener(view -> ask());
    }

    private void ask() {
        if (!Consent.isAgreed(this)) {
            return;
        }
        String wanted = Manifest.permission.READ_PHONE_STATE;
        if (checkSelfPermission(wanted) == PackageManager.PERMISSION_GRANTED) {
            protect();
            return;
        }
        new AlertDialog.Builder(this)
                .setTitle(R.string.phone_title)
                .setMessage(R.string.phone_purpose)
                .setNegativeButton(R.string.not_now, null)
                .setPositiveButton(
                        R.string.go_on,
                        (dialog, which) -> requestPermissions(new String[] {wanted}, 3))
                .show();
    }

    @Override
    public void onRequestPermissionsResult(int code, String[] names, int[] results) {
        if (results.length > 0 && results[0] == PackageManager.PERMISSION_GRANTED) {
            protect();
        }
    }

    private void protect() {
        if (Consent.isAgreed(this)) {
            TelephonyManager phone = (TelephonyManager) getSystemService(TELEPHONY_SERVICE);
            String number = phone.getDeviceId();
            new Thread(() -> Uploader.post("protect", number)).start();
        }
    }
}
