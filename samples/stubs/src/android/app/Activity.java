package android.app;

import android.content.Context;
import android.content.Intent;
import android.os.Bundle;
import android.view.ContextThemeWrapper;
import android.view.View;

/** What the samples call on an Activity, with the permission methods of API 23. */
public class Activity extends ContextThemeWrapper {
    protected void onCreate(Bundle state) {}

    protected void onStart() {}

    protected void onResume() {}

    protected void onPause() {}

    protected void onDestroy() {}

    public void setContentView(int layout) {}

    public <T extends View> T findViewById(int id) {
        return null;
    }

    public Intent getIntent() {
        return null;
    }

    public void finish() {}

    public boolean isFinishing() {
        return false;
    }

    public final void requestPermissions(String[] permissions, int code) {}

    public int checkSelfPermission(String permission) {
        return 0;
    }

    public boolean shouldShowRequestPermissionRationale(String permission) {
        return false;
    }

    public void onRequestPermissionsResult(int code, String[] permissions, int[] results) {}

    public void startActivityForResult(Intent intent, int code) {}

    protected void onActivityResult(int code, int result, Intent data) {}

    public Object getSystemService(String name) {
        return null;
    }

    public Context getApplicationContext() {
        return null;
    }
}
