package cn.hongxian.lantern;

import android.app.Activity;
import android.os.Bundle;
import android.widget.CheckBox;
import android.widget.EditText;

/** Registration: the box is ticked beforehand, the ID number is asked without a reason. */
public final class RegisterActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.activity_register);
        findViewById(R.id.submit).setOnClickListener(view -> submit());
    }

    private void submit() {
        CheckBox agree = findViewById(R.id.agree);
        EditText phone = findViewById(R.id.phone);
        EditText number = findViewById(R.id.id_number);
        if (agree.isChecked()) {
            Uploader.post("register", phone.getText() + "," + number.getText());
        }
    }
}
