package cn.hongxian.lantern;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.webkit.JavascriptInterface;
import android.webkit.WebView;

/** A partner's page: named, asked for, and given nothing but the colour of the theme. */
public final class CouponActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new AlertDialog.Builder(this)
                .setTitle(R.string.partner_title)
                .setMessage(R.string.partner_prompt)
                .setNegativeButton(R.string.refuse, (dialog, which) -> finish())
                .setPositiveButton(R.string.agree, (dialog, which) -> show())
                .show();
    }

    private void show() {
        WebView page = new WebView(this);
        page.getSettings().setJavaScriptEnabled(true);
        page.addJavascriptInterface(new Theme(), "lantern");
        page.loadUrl("https://mini.hongxian-partner.cn/coupons");
    }

    /** What the page may call. */
    static final class Theme {
        @JavascriptInterface
        public String colour() {
            return "#b3261e";
        }
    }
}
