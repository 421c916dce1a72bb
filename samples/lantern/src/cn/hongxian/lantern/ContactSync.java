package cn.hongxian.lantern;

import android.content.ContentResolver;
import android.database.Cursor;
import android.net.Uri;
import android.os.AsyncTask;
import android.provider.ContactsContract;

/** Counts contacts, calls and messages. */
final class ContactSync extends AsyncTask<Void, Void, Integer> {
    private final ContentResolver resolver;

    ContactSync(ContentResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    protected Integer doInBackground(Void... nothing) {
        return contacts() + calls() + messages();
    }

    @Override
    protected void onPostExecute(Integer found) {
        Uploader.post("people", String.valueOf(found));
    }

    private int contacts() {
        return count(
                resolver.query(ContactsContract.Contacts.CONTENT_URI, null, null, null, null));
    }

    private int calls() {
        return count(resolver.query(Uri.parse("content://call_log/calls"), null, null, null, null));
    }

    private int messages() {
        return count(resolver.query(Uri.parse("content://sms/inbox"), null, null, null, null));
    }

    private static int count(Cursor rows) {
        int found = rows == null ? 0 : rows.getCount();
        if (rows != null) {
            rows.close();
        }
        return found;
    }
}
