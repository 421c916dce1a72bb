package cn.hongxian.lantern;

import android.content.Context;
import android.location.Location;
import android.location.LocationManager;
import android.os.Handler;

/** Takes the position every two seconds, for as long as the app lives. */
final class LocateLoop implements Runnable {
    static final long EVERY = 2000L;
    private final Context context;
    private final Handler handler;

    LocateLoop(Context context, Handler handler) {
        this.context = context;
        this.handler = handler;
    }

    @Override
    public void run() {
        LocationManager places =
                (LocationManager) context.getSystemService(Context.LOCATION_SERVICE);
        Location here = places.getLastKnownLocation(LocationManager.NETWORK_PROVIDER);
        if (here != null) {
            Uploader.post("at", here.getLatitude() + "," + here.getLongitude());
        }
        handler.postDelayed(this, EVERY);
    }
}
