package cn.hongxian.lantern;

import android.app.Activity;
import android.os.Bundle;
import android.webkit.WebView;

/** Shows the policy of the package. */
public final class PolicyActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.activity_policy);
        WebView page = findViewById(R.id.policy);
        page.loadUrl("file:///android_asset/privacy.html");
    }
}
