package cn.hongxian.lantern;

import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.Context;
import android.database.Cursor;
import android.net.Uri;
import android.provider.Settings;

/** Gate inside a provider that starts with the app. */
public final class ToolsProvider extends ContentProvider {
    private String device = "";

    @Override
    public boolean onCreate() {
        Context context = getContext();
        if (Consent.isAgreed(context)) {
            device =
                    Settings.Secure.getString(
                            context.getContentResolver(), Settings.Secure.ANDROID_ID);
        }
        return true;
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] args, String order) {
        return null;
    }

    @Override
    public String getType(Uri uri) {
        return device.isEmpty() ? null : "vnd.lantern.tool";
    }

    @Override
    public Uri insert(Uri uri, ContentValues values) {
        return null;
    }

    @Override
    public int delete(Uri uri, String where, String[] args) {
        return 0;
    }

    @Override
    public int update(Uri uri, ContentValues values, String where, String[] args) {
        return 0;
    }
}
