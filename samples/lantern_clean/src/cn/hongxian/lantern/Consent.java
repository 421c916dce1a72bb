package cn.hongxian.lantern;

import android.content.Context;
import android.content.SharedPreferences;

/** What the person decided, kept in preferences. */
final class Consent {
    static final int POLICY_VERSION = 3;
    private static final String AGREED = "privacy_agreed";
    private static final String VERSION = "privacy_version";
    private static final String REFUSED = "privacy_refused";
    private static final String PERSONAL = "personalised_ads";

    private Consent() {}

    static boolean isAgreed(Context context) {
        SharedPreferences kept = kept(context);
        return kept.getBoolean(AGREED, false) && kept.getInt(VERSION, 0) >= POLICY_VERSION;
    }

    /** True when an older version was agreed to, so that the change must be told. */
    static boolean isOutdated(Context context) {
        int version = kept(context).getInt(VERSION, 0);
        return version > 0 && version < POLICY_VERSION;
    }

    static void agree(Context context) {
        kept(context)
                .edit()
                .putBoolean(AGREED, true)
                .putInt(VERSION, POLICY_VERSION)
                .apply();
    }

    /** A refusal is kept, so that nobody is asked again at every start. */
    static void refuse(Context context) {
        kept(context).edit().clear().putInt(REFUSED, POLICY_VERSION).apply();
    }

    static boolean isRefused(Context context) {
        return kept(context).getInt(REFUSED, 0) >= POLICY_VERSION;
    }

    static void withdraw(Context context) {
        refuse(context);
    }

    static boolean isPersonalised(Context context) {
        return kept(context).getBoolean(PERSONAL, false);
    }

    static void setPersonalised(Context context, boolean on) {
        kept(context).edit().putBoolean(PERSONAL, on).apply();
    }

    static SharedPreferences kept(Context context) {
        return context.getSharedPreferences("consent", Context.MODE_PRIVATE);
    }
}
