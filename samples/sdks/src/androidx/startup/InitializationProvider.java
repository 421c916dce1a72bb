package androidx.startup;

import android.content.ComponentName;
import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.pm.PackageManager;
import android.content.pm.ProviderInfo;
import android.database.Cursor;
import android.net.Uri;
import android.os.Bundle;

/** Starts every initializer that the manifest names: a small stand-in for the real library. */
public class InitializationProvider extends ContentProvider {
    @Override
    public boolean onCreate() {
        try {
            ComponentName self = new ComponentName(getContext(), InitializationProvider.class);
            PackageManager packages = getContext().getPackageManager();
            ProviderInfo info = packages.getProviderInfo(self, PackageManager.GET_META_DATA);
            start(info.metaData);
        } catch (Exception error) {
            throw new RuntimeException(error);
        }
        return true;
    }

    private void start(Bundle names) throws Exception {
        for (String name : names.keySet()) {
            if ("androidx.startup".equals(names.getString(name))) {
                Initializer<?> one = (Initializer<?>) Class.forName(name).newInstance();
                one.create(getContext());
            }
        }
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] args, String order) {
        return null;
    }

    @Override
    public String getType(Uri uri) {
        return null;
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
