package cn.hongxian.lantern;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.widget.Button;

/** Mine, settings, general, about, legal: six taps lead to the policy. */
public final class MenuActivity extends Activity {
    private static final int[] TITLES = {
        R.string.menu_settings, R.string.menu_general, R.string.menu_about, R.string.menu_legal,
        R.string.menu_policy,
    };

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.activity_menu);
        int level = getIntent().getIntExtra("level", 0);
        Button next = findViewById(R.id.next);
        next.setText(TITLES[level]);
        next.setOnClickListener(view -> go(level + 1));
    }

    private void go(int level) {
        Class<?> screen = level < TITLES.length ? MenuActivity.class : PolicyActivity.class;
        startActivity(new Intent(this, screen).putExtra("level", level));
    }
}
