package android.hardware.camera2;

/** API 21; the torch of API 23 needs no permission. */
public final class CameraManager {
    public String[] getCameraIdList() {
        return null;
    }

    public void setTorchMode(String camera, boolean on) {}
}
