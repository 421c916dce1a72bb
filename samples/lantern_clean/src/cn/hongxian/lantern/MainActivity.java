package cn.hongxian.lantern;

import android.app.Activity;
import android.app.ActivityManager;
import android.content.ClipboardManager;
import android.content.Intent;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;

/** The torch works for everybody; the rest stands behind consent or a press of a button. */
public final class MainActivity extends Activity {
    private final Handler handler = new Handler(Looper.getMainLooper());

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.activity_main);
        findViewById(R.id.torch).setOnClickListener(view -> new Torch(this).toggle());
        findViewById(R.id.policy).setOnClickListener(view -> open(PolicyActivity.class));
        findViewById(R.id.settings).setOnClickListener(view -> open(SettingsActivity.class));
        findViewById(R.id.sunset).setOnClickListener(view -> open(SunsetActivity.class));
        findViewById(R.id.invite).setOnClickListener(view -> open(InviteActivity.class));
        findViewById(R.id.coupons).setOnClickListener(view -> open(CouponActivity.class));
        findViewById(R.id.paste).setOnClickListener(view -> paste());
        handler.postDelayed(this::checkMemory, 5000L);
    }

    /** Gate inside the task, not where it is queued. */
    private void checkMemory() {
        boolean agreed = Consent.isAgreed(this);
        if (agreed && !isFinishing()) {
            ActivityManager manager = (ActivityManager) getSystemService(ACTIVITY_SERVICE);
            Uploader.post("memory", String.valueOf(manager.getRunningAppProcesses().size()));
        }
    }

    private void paste() {
        ClipboardManager board = (ClipboardManager) getSystemService(CLIPBOARD_SERVICE);
        if (Consent.isAgreed(this) && board.hasPrimaryClip()) {
            Uploader.post("redeem", board.getPrimaryClip().toString());
        }
    }

    private void open(Class<?> screen) {
        startActivity(new Intent(this, screen));
    }
}
