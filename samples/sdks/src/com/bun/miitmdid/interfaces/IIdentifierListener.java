package com.bun.miitmdid.interfaces;

/** Receives the supplier. */
public interface IIdentifierListener {
    void onSupport(IdSupplier supplier);
}
