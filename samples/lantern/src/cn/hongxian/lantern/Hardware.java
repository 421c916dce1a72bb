package cn.hongxian.lantern;

/** Bears the name of an identifier API and reads none: no fact may come of it. */
final class Hardware {
    private Hardware() {}

    static String getDeviceId() {
        return "0";
    }
}
