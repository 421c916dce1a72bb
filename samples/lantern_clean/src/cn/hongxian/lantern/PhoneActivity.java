package cn.hongxian.lantern;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;

/** Asks for the phone state with its purpose, when the person turns on fraud protection. */
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
        new AlertDialog.Builder(this)
                .setTitle(R.string.phone_title)
                .setMessage(R.string.phone_purpose)
                .setNegativeButton(R.string.not_now, null)
                .setPositiveButton(
                        R.string.go_on,
                        (dialog, which) -> requestPermissions(new String[] {wanted}, 3))
                .show();
    }
}
