package com.bun.miitmdid.interfaces;

/** What the alliance's SDK hands out. */
public interface IdSupplier {
    boolean isSupported();

    String getOAID();

    String getVAID();

    String getAAID();
}
