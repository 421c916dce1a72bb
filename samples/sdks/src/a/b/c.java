package a.b;

import android.content.Context;
import android.telephony.TelephonyManager;

/** A class as an obfuscator leaves it: nobody can say whose it is. */
public final class c {
    private static String d = "";

    private c() {}

    public static void a(Context b) {
        Object e = b.getSystemService("phone");
        d = String.valueOf(((TelephonyManager) e).getCellLocation());
    }
}
