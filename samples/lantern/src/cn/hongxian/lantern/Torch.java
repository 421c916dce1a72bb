package cn.hongxian.lantern;

import android.content.Context;
import android.hardware.camera2.CameraManager;

/** The one function of the app; it needs no permission. */
final class Torch {
    private static boolean on;
    private final Context context;

    Torch(Context context) {
        this.context = context;
    }

    void toggle() {
        CameraManager cameras = (CameraManager) context.getSystemService("camera");
        on = !on;
        cameras.setTorchMode(Hardware.getDeviceId(), on);
    }
}
