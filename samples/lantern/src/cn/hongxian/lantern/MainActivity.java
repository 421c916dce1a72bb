package cn.hongxian.lantern;

import android.Manifest;
import android.app.Activity;
import android.app.ActivityManager;
import android.content.ClipboardManager;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import com.amap.api.location.AMapLocationClient;

/** The torch. Asks for five permissions at once and leaves when one is refused. */
public final class MainActivity extends Activity {
    private static final String[] WANTED = {
        Manifest.permission.READ_PHONE_STATE,
        Manifest.permission.ACCESS_FINE_LOCATION,
        Manifest.permission.READ_CONTACTS,
        Manifest.permission.READ_CALL_LOG,
        Manifest.permission.CAMERA,
    };
    private final Handler handler = new Handler(Looper.getMainLooper());
    private String pasted = "";

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.activity_main);
        requestPermissions(WANTED, 1);
        handler.postDelayed(new LocateLoop(this, handler), LocateLoop.EVERY);
        new AMapLocationClient(this, LocateLoop.EVERY).startLocation();
        findViewById(R.id.torch).setOnClickListener(view -> new Torch(this).toggle());
        findViewById(R.id.mini).setOnClickListener(view -> open(MiniAppActivity.class));
        findViewById(R.id.register).setOnClickListener(view -> open(RegisterActivity.class));
        findViewById(R.id.mine).setOnClickListener(view -> open(MenuActivity.class));
    }

    @Override
    protected void onStart() {
        super.onStart();
        new ContactSync(getContentResolver()).execute();
    }

    @Override
    protected void onResume() {
        super.onResume();
        pasted = clip();
        new Thread(() -> Uploader.post("running", running())).start();
    }

    @Override
    public void onRequestPermissionsResult(int code, String[] names, int[] results) {
        for (int place = 0; place < results.length; place++) {
            if (results[place] != PackageManager.PERMISSION_GRANTED) {
                if (shouldShowRequestPermissionRationale(names[place])) {
                    requestPermissions(WANTED, code + 1);
                } else {
                    finish();
                }
                return;
            }
        }
    }

    private String clip() {
        ClipboardManager board = (ClipboardManager) getSystemService(CLIPBOARD_SERVICE);
        return board.hasPrimaryClip() ? board.getPrimaryClip().toString() : pasted;
    }

    private String running() {
        ActivityManager manager = (ActivityManager) getSystemService(ACTIVITY_SERVICE);
        return String.valueOf(manager.getRunningAppProcesses().size());
    }

    private void open(Class<?> screen) {
        startActivity(new Intent(this, screen));
    }
}
