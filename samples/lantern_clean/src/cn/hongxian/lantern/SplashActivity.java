package cn.hongxian.lantern;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Bundle;

/** The first screen: the policy before anything else, agree and refuse alike. */
public final class SplashActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.activity_splash);
        findViewById(R.id.read_policy).setOnClickListener(view -> openPolicy());
        if (Consent.isAgreed(this) || Consent.isRefused(this)) {
            enter();
        } else {
            ask();
        }
    }

    private void ask() {
        int text = Consent.isOutdated(this) ? R.string.policy_changed : R.string.policy_prompt;
        new AlertDialog.Builder(this)
                .setTitle(R.string.policy_title)
                .setMessage(text)
                .setCancelable(false)
                .setNeutralButton(R.string.read_policy, (dialog, which) -> openPolicy())
                .setNegativeButton(R.string.refuse, (dialog, which) -> refuse())
                .setPositiveButton(R.string.agree, new AgreeListener(this))
                .show();
    }

    private void refuse() {
        Consent.refuse(this);
        enter();
    }

    void enter() {
        startActivity(new Intent(this, MainActivity.class));
        finish();
    }

    private void openPolicy() {
        startActivity(new Intent(this, PolicyActivity.class));
    }
}
