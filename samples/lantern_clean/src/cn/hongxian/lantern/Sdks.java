package cn.hongxian.lantern;

import android.content.Context;
import androidx.startup.Initializer;
import cn.jpush.android.api.JPushInterface;
import com.baidu.mobstat.StatService;
import com.bun.miitmdid.core.MdidSdkHelper;
import com.bytedance.sdk.openadsdk.TTAdSdk;
import com.kwad.sdk.KsAdSDK;
import com.tencent.bugly.BuglyInitializer;
import com.tendcloud.tenddata.TCAgent;
import com.umeng.commonsdk.UMConfigure;

/** Starts the SDKs; called only once the person has agreed. */
final class Sdks {
    static String oaid = "";

    private Sdks() {}

    static void start(Context context) {
        UMConfigure.init(context, "5f1a2b3c", "market", UMConfigure.DEVICE_TYPE_PHONE, null);
        KsAdSDK.setPersonalRecommend(Consent.isPersonalised(context));
        KsAdSDK.init(context, "90009");
        TTAdSdk.init(context, "5001121");
        TCAgent.init(context, "lantern", "market");
        JPushInterface.init(context);
        StatService.start(context);
        Initializer<?> crash = new BuglyInitializer();
        crash.create(context);
        MdidSdkHelper.InitSdk(context, false, supplier -> oaid = supplier.getOAID());
    }
}
