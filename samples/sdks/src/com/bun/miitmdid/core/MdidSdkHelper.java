package com.bun.miitmdid.core;

import android.content.Context;
import com.bun.miitmdid.interfaces.IIdentifierListener;
import com.bun.miitmdid.interfaces.IdSupplier;

/** Invented stand-in for the alliance's helper: it knows no identifier. */
public final class MdidSdkHelper implements IdSupplier {
    private MdidSdkHelper() {}

    public static int InitSdk(Context context, boolean log, IIdentifierListener listener) {
        listener.onSupport(new MdidSdkHelper());
        return 0;
    }

    @Override
    public boolean isSupported() {
        return false;
    }

    @Override
    public String getOAID() {
        return "";
    }

    @Override
    public String getVAID() {
        return "";
    }

    @Override
    public String getAAID() {
        return "";
    }
}
