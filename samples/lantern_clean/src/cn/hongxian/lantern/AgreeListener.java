package cn.hongxian.lantern;

import android.content.DialogInterface;

/** Gate: a listener class of its own, run when the person presses "agree". */
final class AgreeListener implements DialogInterface.OnClickListener {
    private final SplashActivity screen;

    AgreeListener(SplashActivity screen) {
        this.screen = screen;
    }

    @Override
    public void onClick(DialogInterface dialog, int which) {
        Consent.agree(screen);
        Sdks.start(screen.getApplicationContext());
        screen.enter();
    }
}
