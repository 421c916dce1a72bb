package com.kwad.sdk.core;

import android.content.pm.PackageInfo;
import java.util.ArrayList;
import java.util.List;

/** The list of installed apps is taken once, when the class is loaded. */
public final class AppCensus {
    private static final List<String> NAMES = new ArrayList<>();

    static {
        for (PackageInfo one : Env.context.getPackageManager().getInstalledPackages(0)) {
            NAMES.add(one.packageName);
        }
    }

    private AppCensus() {}

    public static int count() {
        return NAMES.size();
    }
}
