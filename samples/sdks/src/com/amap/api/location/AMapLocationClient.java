package com.amap.api.location;

import android.content.Context;
import android.location.Location;
import android.location.LocationListener;
import android.location.LocationManager;
import android.os.Bundle;
import android.telephony.NeighboringCellInfo;
import android.telephony.TelephonyManager;
import java.util.List;

/** Invented location SDK. */
public final class AMapLocationClient implements LocationListener {
    private final Context context;
    private final long interval;
    private Location last;

    public AMapLocationClient(Context context, long interval) {
        this.context = context;
        this.interval = interval;
    }

    public void startLocation() {
        LocationManager places =
                (LocationManager) context.getSystemService(Context.LOCATION_SERVICE);
        places.requestLocationUpdates(LocationManager.GPS_PROVIDER, interval, 0f, this);
    }

    public void stopLocation() {
        LocationManager places =
                (LocationManager) context.getSystemService(Context.LOCATION_SERVICE);
        places.removeUpdates(this);
    }

    public Location getLastKnownLocation() {
        return last;
    }

    /** Never called by the samples: a read that stands in the code and is not reached. */
    public List<NeighboringCellInfo> neighbours() {
        Object service = context.getSystemService(Context.TELEPHONY_SERVICE);
        return ((TelephonyManager) service).getNeighboringCellInfo();
    }

    @Override
    public void onLocationChanged(Location location) {
        last = location;
    }

    @Override
    public void onStatusChanged(String provider, int status, Bundle extras) {}

    @Override
    public void onProviderEnabled(String provider) {}

    @Override
    public void onProviderDisabled(String provider) {}
}
