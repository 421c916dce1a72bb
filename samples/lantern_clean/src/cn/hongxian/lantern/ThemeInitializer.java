package cn.hongxian.lantern;

import android.content.Context;
import androidx.startup.Initializer;
import java.util.Collections;
import java.util.List;

/** Starts with the app and reads nothing of the person's. */
public final class ThemeInitializer implements Initializer<Integer> {
    @Override
    public Integer create(Context context) {
        return context.getResources().getColor(R.color.lantern);
    }

    @Override
    public List<Class<? extends Initializer<?>>> dependencies() {
        return Collections.emptyList();
    }
}
