package cn.hongxian.lantern.legacy;

import android.app.Activity;
import android.database.Cursor;
import android.location.LocationManager;
import android.os.Bundle;
import android.provider.ContactsContract;
import android.view.View;
import android.widget.Button;

/** Built for Android 5.1, where installing grants every permission at once. */
public final class OldActivity extends Activity implements View.OnClickListener {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new Button(this).setOnClickListener(this);
    }

    @Override
    public void onClick(View view) {
        LocationManager places = (LocationManager) getSystemService(LOCATION_SERVICE);
        places.getLastKnownLocation(LocationManager.GPS_PROVIDER);
        Cursor rows =
                getContentResolver()
                        .query(ContactsContract.Contacts.CONTENT_URI, null, null, null, null);
        if (rows != null) {
            rows.close();
        }
    }
}
