package cn.hongxian.lantern;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.pm.PackageManager;
import android.os.Bundle;
import android.widget.TextView;
import com.amap.api.location.AMapLocationClient;

/** Sunset at the person's place: tells why, asks for one permission, takes one position. */
public final class SunsetActivity extends Activity {
    private static final long ONCE = 3_600_000L;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.activity_sunset);
        findViewById(R.id.locate).setOnClickListener(view -> ask());
    }

    private void ask() {
        if (!Consent.isAgreed(this)) {
            return;
        }
        String wanted = Manifest.permission.ACCESS_FINE_LOCATION;
        if (checkSelfPermission(wanted) == PackageManager.PERMISSION_GRANTED) {
            locate();
            return;
        }
        new AlertDialog.Builder(this)
                .setTitle(R.string.location_title)
                .setMessage(R.string.location_purpose)
                .setNegativeButton(R.string.not_now, null)
                .setPositiveButton(
                        R.string.go_on,
                        (dialog, which) -> requestPermissions(new String[] {wanted}, 1))
                .show();
    }

    @Override
    public void onRequestPermissionsResult(int code, String[] names, int[] results) {
        if (results.length > 0 && results[0] == PackageManager.PERMISSION_GRANTED) {
            locate();
        } else {
            ((TextView) findViewById(R.id.place)).setText(R.string.location_denied);
        }
    }

    private void locate() {
        AMapLocationClient client = new AMapLocationClient(this, ONCE);
        client.startLocation();
        client.stopLocation();
    }
}
