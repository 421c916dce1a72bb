package cn.hongxian.lantern;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Bundle;
import android.widget.CheckBox;
import com.kwad.sdk.KsAdSDK;

/** The person's rights, two taps from the main screen. */
public final class SettingsActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.activity_settings);
        CheckBox personal = findViewById(R.id.personalised);
        personal.setChecked(Consent.isPersonalised(this));
        personal.setOnCheckedChangeListener((box, on) -> personalise(on));
        findViewById(R.id.withdraw).setOnClickListener(view -> withdraw());
        findViewById(R.id.cancel).setOnClickListener(view -> confirm("account/cancel"));
        findViewById(R.id.delete).setOnClickListener(view -> confirm("account/delete"));
        findViewById(R.id.correct).setOnClickListener(view -> confirm("account/correct"));
        findViewById(R.id.complain).setOnClickListener(view -> confirm("complaint"));
        findViewById(R.id.protect).setOnClickListener(view -> open(PhoneActivity.class));
        findViewById(R.id.read_policy).setOnClickListener(view -> open(PolicyActivity.class));
    }

    private void personalise(boolean on) {
        Consent.setPersonalised(this, on);
        KsAdSDK.setPersonalRecommend(on);
    }

    private void withdraw() {
        Consent.withdraw(this);
        open(SplashActivity.class);
        finish();
    }

    private void confirm(String path) {
        new AlertDialog.Builder(this)
                .setMessage(R.string.confirm)
                .setNegativeButton(R.string.not_now, null)
                .setPositiveButton(R.string.go_on, (dialog, which) -> send(path))
                .show();
    }

    private static void send(String path) {
        new Thread(() -> Uploader.post(path, "")).start();
    }

    private void open(Class<?> screen) {
        startActivity(new Intent(this, screen));
    }
}
