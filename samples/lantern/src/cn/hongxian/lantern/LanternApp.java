package cn.hongxian.lantern;

import android.app.Application;
import android.content.Context;
import cn.hongxian.lantern.probe.Probes;
import com.bun.miitmdid.core.MdidSdkHelper;
import com.bytedance.sdk.openadsdk.TTAdSdk;
import com.kwad.sdk.KsAdSDK;
import com.tendcloud.tenddata.TCAgent;
import com.umeng.commonsdk.UMConfigure;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Starts every SDK at once, long before anybody was asked. */
public final class LanternApp extends Application {
    private static final Executor WORK = Executors.newSingleThreadExecutor();
    static String oaid = "";

    @Override
    protected void attachBaseContext(Context base) {
        super.attachBaseContext(base);
        WORK.execute(new MacTask());
    }

    @Override
    public void onCreate() {
        super.onCreate();
        UMConfigure.init(this, "5f1a2b3c", "market", UMConfigure.DEVICE_TYPE_PHONE, null);
        UMConfigure.watchPages(this);
        KsAdSDK.init(this, "90009");
        TTAdSdk.init(this, "5001121");
        TCAgent.init(this, "lantern", "market");
        MdidSdkHelper.InitSdk(this, false, supplier -> oaid = supplier.getOAID());
        Probes.runAll(this);
        a.b.c.a(this);
    }
}
