package cn.hongxian.lantern.probe;

import android.content.Context;

/** Something that looks at the phone. */
interface Probe {
    String look(Context context);
}
