package cn.hongxian.lantern;

import android.app.Activity;
import android.os.Bundle;
import android.webkit.WebView;

/** Opens a partner's page and hands it whatever it asks for. */
public final class MiniAppActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        WebView page = new WebView(this);
        page.getSettings().setJavaScriptEnabled(true);
        page.addJavascriptInterface(new Bridge(this), "lantern");
        page.loadUrl("http://mini.hongxian-partner.cn/coupons");
    }
}
