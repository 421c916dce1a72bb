package cn.hongxian.lantern;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.pm.PackageManager;
import android.database.Cursor;
import android.os.AsyncTask;
import android.os.Bundle;
import android.provider.ContactsContract;

/** Invites a friend: contacts are read at the person's press of a button, after its purpose. */
public final class InviteActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.activity_invite);
        findViewById(R.id.choose).setOnClickListener(view -> ask());
    }

    private void ask() {
        if (!Consent.isAgreed(this)) {
            return;
        }
        String wanted = Manifest.permission.READ_CONTACTS;
        if (checkSelfPermission(wanted) == PackageManager.PERMISSION_GRANTED) {
            load();
            return;
        }
        new AlertDialog.Builder(this)
                .setTitle(R.string.contacts_title)
                .setMessage(R.string.contacts_purpose)
                .setNegativeButton(R.string.not_now, null)
                .setPositiveButton(
                        R.string.go_on,
                        (dialog, which) -> requestPermissions(new String[] {wanted}, 2))
                .show();
    }

    @Override
    public void onRequestPermissionsResult(int code, String[] names, int[] results) {
        if (results.length > 0 && results[0] == PackageManager.PERMISSION_GRANTED) {
            load();
        }
    }

    private void load() {
        if (Consent.isAgreed(this)) {
            new Contacts().execute();
        }
    }

    /** Reads the address book off the main thread. */
    private final class Contacts extends AsyncTask<Void, Void, Integer> {
        @Override
        protected Integer doInBackground(Void... nothing) {
            Cursor rows =
                    getContentResolver()
                            .query(ContactsContract.Contacts.CONTENT_URI, null, null, null, null);
            int found = rows == null ? 0 : rows.getCount();
            if (rows != null) {
                rows.close();
            }
            return found;
        }
    }
}
